/// What the script adds to the pages of planning: a job's progress, and what is wrong with a workflow while one types.
///
/// Without it, links and buttons do the same.
enum PlanScript {
    static let source = """
        (function () {
          'use strict';
          var job = document.querySelector('[data-job]');
          if (job) watch(job);
          var text = document.querySelector('textarea[data-check]');
          if (text) check(text);

          function watch(job) {
            var bar = job.querySelector('progress'), words = job.querySelector('[data-part=words]');
            function ask() {
              fetch(job.dataset.job, { headers: { Accept: 'application/json' } }).then(function (r) { return r.json(); })
                .then(function (now) {
                  if (now.state !== 'running') { location.reload(); return; }
                  bar.max = now.of; bar.value = now.done;
                  bar.setAttribute('aria-valuemax', now.of); bar.setAttribute('aria-valuenow', now.done);
                  words.textContent = now.words;
                  setTimeout(ask, 250);
                }).catch(function () { setTimeout(ask, 2000); });
            }
            setTimeout(ask, 100);
          }

          function check(text) {
            var checked = document.getElementById('checked'), gutter = document.querySelector('.gutter'), timer, last = text.value, asked = 0;
            text.addEventListener('scroll', function () { gutter.scrollTop = text.scrollTop; });
            text.addEventListener('input', function () { lines(); clearTimeout(timer); timer = setTimeout(ask, 400); });
            checked.addEventListener('click', function (event) {
              var place = event.target.closest('a[data-line]');
              if (!place) return;
              event.preventDefault();
              move(Number(place.dataset.line), Number(place.dataset.column));
            });
            function lines() {
              var count = text.value.split('\\n').length;
              while (gutter.children.length > count) gutter.removeChild(gutter.lastChild);
              while (gutter.children.length < count) {
                var line = document.createElement('span');
                line.textContent = gutter.children.length + 1;
                gutter.appendChild(line);
              }
            }
            function ask() {
              if (text.value === last) return;
              last = text.value;
              var number = ++asked;
              var form = new URLSearchParams();
              form.set('text', last);
              form.set('_token', text.form.elements._token.value);
              fetch(text.dataset.check, { method: 'POST', body: form }).then(function (r) { return r.ok ? r.text() : null; })
                .then(function (html) {
                  if (html === null || number !== asked) return;
                  checked.innerHTML = html;
                  mark();
                }).catch(function () {});
            }
            function mark() {
              Array.prototype.forEach.call(gutter.children, function (line) { line.className = ''; });
              checked.querySelectorAll('a[data-line]').forEach(function (place) {
                var line = gutter.children[place.dataset.line - 1];
                if (line && line.className.indexOf('is-error') < 0) line.className = 'line ' + place.parentNode.className;
              });
              gutter.scrollTop = text.scrollTop;
            }
            function move(line, column) {
              var rows = text.value.split('\\n'), at = 0;
              for (var i = 0; i < line - 1 && i < rows.length; i++) at += rows[i].length + 1;
              at += Array.from(rows[line - 1] || '').slice(0, column - 1).join('').length;
              text.focus();
              text.setSelectionRange(at, at);
              text.scrollTop = Math.max(0, (line - 6) * 20);
              gutter.scrollTop = text.scrollTop;
            }
            gutter.scrollTop = text.scrollTop;
          }
        })();
        """
}

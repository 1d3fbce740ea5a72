/// What the one script adds to pages (脚本): live rows, keys, text kept across languages. Everything works without it.
enum Script {
    static let text = """
        (function () {
        'use strict';
        var zh = document.documentElement.lang.indexOf('zh') === 0;
        function say(a, b) { return zh ? a : b; }
        function one(query, within) { return (within || document).querySelector(query); }
        function all(query, within) { return Array.prototype.slice.call((within || document).querySelectorAll(query)); }
        function element(name, text, cls) {
          var it = document.createElement(name);
          if (text) it.textContent = text;
          if (cls) it.className = cls;
          return it;
        }

        // Mistakes take the focus; a link to a mistake moves into its field.
        var summary = one('#summary');
        if (summary) {
          summary.focus();
          summary.addEventListener('click', function (event) {
            var link = event.target.closest('a[href^="#"]');
            var field = link && document.getElementById(link.getAttribute('href').slice(1));
            if (field) { event.preventDefault(); field.scrollIntoView({ block: 'center' }); field.focus(); }
          });
        }

        // ---- Text that was typed survives a change of language.
        var keep = 'typed:' + location.pathname;
        function fields() { return all('main form input, main form textarea, main form select').filter(function (f) {
          return f.name && f.type !== 'hidden' && f.type !== 'password' && f.type !== 'file' && !f.hidden; }); }
        try {
          var typed = JSON.parse(sessionStorage.getItem(keep) || 'null');
          if (typed) {
            sessionStorage.removeItem(keep);
            fields().forEach(function (f, i) {
              var v = typed[i];
              if (!v || v[0] !== f.name) return;
              if (f.type === 'radio' || f.type === 'checkbox') f.checked = v[1]; else f.value = v[1];
            });
          }
        } catch (e) { /* no storage, nothing kept */ }
        all('a[data-language]').forEach(function (link) {
          link.addEventListener('click', function () {
            var values = fields().map(function (f) {
              return [f.name, f.type === 'radio' || f.type === 'checkbox' ? f.checked : f.value]; });
            try { if (values.length) sessionStorage.setItem(keep, JSON.stringify(values)); } catch (e) { /* none */ }
          });
        });

        // ---- Announcements: at most one in five seconds, counted.
        var announce = one('#announce'), waiting = 0, lastSaid = 0, timer = 0;
        function tell(count) {
          waiting += count;
          if (!announce || !waiting || timer) return;
          timer = setTimeout(function () {
            announce.textContent = say(waiting + ' 条更新', waiting + (waiting === 1 ? ' update' : ' updates'));
            waiting = 0; timer = 0; lastSaid = Date.now();
          }, Math.max(1200, lastSaid + 5000 - Date.now()));
        }

        // ---- Live rows.
        var source = null, lastID = '', tries = 0, opened = new Date(), pill = null, fetching = false, again = false, soon = 0;
        var pendingLists = null, moved = 0, bar = null;
        function clock(date) { return ('0' + date.getHours()).slice(-2) + ':' + ('0' + date.getMinutes()).slice(-2); }

        function stale(isStale) {
          if (!isStale) { if (bar) { bar.remove(); bar = null; } return; }
          if (!bar) {
            bar = element('div', '', 'stale');
            bar.setAttribute('role', 'status');
            document.body.insertBefore(bar, one('header.top'));
          }
          bar.textContent = say('连接已断开，显示 ' + clock(opened) + ' 的数据，正在重连（第 ' + tries + ' 次）',
            'The connection is lost. This is as of ' + clock(opened) + '; reconnecting (attempt ' + tries + ')');
        }

        function busy(row) { return row.contains(document.activeElement) || !!row.closest('form') || !!one('form', row); }

        function mark(row) {
          if (one('.updated', row)) return;
          var note = element('a', say('已更新 · 查看', 'Updated · show'), 'updated');
          note.href = location.href;
          row.appendChild(note);
        }

        function show() {
          if (!pendingLists) return;
          all('[data-live=rows]').forEach(function (list, i) {
            if (pendingLists[i]) list.replaceWith(document.importNode(pendingLists[i], true));
          });
          pendingLists = null; moved = 0;
          if (pill) { pill.remove(); pill = null; }
        }

        function offer(lists, count) {
          pendingLists = lists; moved = count;
          if (!pill) {
            pill = element('button', '', 'pill');
            pill.type = 'button';
            pill.addEventListener('click', show);
            document.body.appendChild(pill);
          }
          pill.textContent = say(count + ' 条更新 · 显示', count + (count === 1 ? ' update' : ' updates') + ' · show');
        }

        function take(html) {
          var next = new DOMParser().parseFromString(html, 'text/html');
          var fresh = {}, changed = 0;
          all('[data-row]', next).forEach(function (row) { fresh[row.dataset.row] = row; });
          all('[data-row]').forEach(function (row) {
            var other = fresh[row.dataset.row];
            if (!other) return;
            var note = one('.updated', row), copy = row;
            if (note) { copy = row.cloneNode(true); one('.updated', copy).remove(); }
            if (copy.outerHTML === other.outerHTML) return;
            changed += 1;
            if (busy(row)) mark(row); else row.replaceWith(document.importNode(other, true));
          });
          var here = all('[data-live=rows]'), there = all('[data-live=rows]', next);
          function names(list) { return all('[data-row]', list).map(function (r) { return r.dataset.row; }); }
          var count = 0;
          there.forEach(function (list, i) {
            var now = here[i] ? names(here[i]) : [], then = names(list);
            if (now.join('|') === then.join('|')) return;
            then.forEach(function (n) { if (now.indexOf(n) < 0) count += 1; });
            now.forEach(function (n) { if (then.indexOf(n) < 0) count += 1; });
            if (!count) count = 1;
          });
          if (count) offer(there, count);
          var foot = one('.foot'), newFoot = one('.foot', next);
          if (foot && newFoot && !foot.contains(document.activeElement)) foot.replaceWith(document.importNode(newFoot, true));
          opened = new Date();
        }

        function refresh() {
          if (fetching) { again = true; return; }
          fetching = true;
          fetch(location.pathname + location.search, { headers: { Accept: 'text/html' }, credentials: 'same-origin' })
            .then(function (answer) { return answer.ok ? answer.text() : ''; })
            .then(function (html) { if (html) take(html); })
            .catch(function () { /* the bar says that the connection is lost */ })
            .then(function () { fetching = false; if (again) { again = false; later(); } });
        }
        function later() { clearTimeout(soon); soon = setTimeout(refresh, 250); }

        function heard(event) {
          if (event.lastEventId) lastID = event.lastEventId;
          tell(1);
          later();
        }

        function listen() {
          var address = document.body.dataset.live;
          if (!address || source || document.hidden || !window.EventSource || !one('[data-row],[data-live]', one('main'))) return;
          source = new EventSource(address + (lastID ? '?after=' + encodeURIComponent(lastID) : ''));
          source.onopen = function () {
            var wasStale = tries > 0;
            tries = 0; stale(false);
            if (wasStale) later();
          };
          source.onmessage = heard;
          ['change', 'event', 'case', 'gap'].forEach(function (name) { source.addEventListener(name, heard); });
          source.onerror = function () {
            tries += 1; stale(true);
            if (source && source.readyState === 2) { source = null; setTimeout(listen, 2000); }
          };
        }
        document.addEventListener('visibilitychange', function () {
          if (document.hidden) { if (source) { source.close(); source = null; } } else { listen(); if (lastID || tries) later(); }
        });
        window.addEventListener('pagehide', function () { if (source) { source.close(); source = null; } });
        listen();

        // ---- Keys.
        var off = false;
        try { off = localStorage.getItem('keys') === 'off'; } catch (e) { /* on */ }
        var keys = [
          ['?', say('显示快捷键', 'Show the keys')], ['/', say('查找', 'Search')], ['g w', say('我的待办', 'My work')],
          ['g c', say('办件', 'Cases')], ['g s', say('进度横道图', 'Schedule')], ['j', say('下一行', 'Next row')],
          ['k', say('上一行', 'Previous row')], ['Enter', say('打开', 'Open')], ['t', say('今天', 'Today')],
          ['+', say('放大', 'Zoom in')], ['-', say('缩小', 'Zoom out')], ['e', say('展开原因', 'Show the reason')]
        ];
        var dialog = null, before = null;
        function help() {
          if (!dialog) {
            dialog = element('dialog');
            dialog.setAttribute('aria-labelledby', 'keys-title');
            var title = element('h2', say('快捷键', 'Keys'));
            title.id = 'keys-title';
            var table = element('table', '', 'keys'), body = element('tbody');
            keys.forEach(function (k) {
              var row = element('tr'), head = element('th'), cell = element('td', k[1]);
              head.scope = 'row';
              k[0].split(' ').forEach(function (part) { head.appendChild(element('kbd', part)); head.appendChild(document.createTextNode(' ')); });
              row.appendChild(head); row.appendChild(cell); body.appendChild(row);
            });
            table.appendChild(body);
            var label = element('label', '', 'choice'), box = element('input');
            box.type = 'checkbox'; box.checked = !off; box.id = 'keys-on';
            box.addEventListener('change', function () {
              off = !box.checked;
              try { localStorage.setItem('keys', off ? 'off' : 'on'); } catch (e) { /* this page only */ }
            });
            label.appendChild(box); label.appendChild(element('span', say('使用快捷键', 'Use these keys')));
            var close = element('button', say('关闭', 'Close'), 'second');
            close.type = 'button';
            close.addEventListener('click', function () { dialog.close(); });
            [title, table, label, close].forEach(function (part) { dialog.appendChild(part); });
            dialog.addEventListener('close', function () { if (before && before.focus) before.focus(); });
            document.body.appendChild(dialog);
          }
          before = document.activeElement;
          dialog.showModal();
        }
        all('[data-keys]').forEach(function (button) { button.hidden = false; button.addEventListener('click', help); });

        function step(by) {
          var rows = all('main a.row, main .stations a, main tbody th a');
          if (!rows.length) return;
          var at = rows.indexOf(document.activeElement);
          var next = rows[at < 0 ? (by > 0 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, at + by))];
          next.focus();
        }
        function follow(query) { var link = one(query); if (link) link.click(); }
        var prefix = 0;
        document.addEventListener('keydown', function (event) {
          if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
          var target = event.target;
          if (/^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) || target.isContentEditable) return;
          if (dialog && dialog.open) return;
          if (off) return;
          var key = event.key;
          if (prefix && Date.now() - prefix < 1500 && 'wcs'.indexOf(key) >= 0) {
            prefix = 0;
            event.preventDefault();
            if (key === 'w') location.href = '/work';
            if (key === 'c') location.href = '/cases';
            if (key === 's') follow('main a[href$="/schedule"]');
            return;
          }
          prefix = 0;
          switch (key) {
          case '?': event.preventDefault(); help(); break;
          case '/': var find = one('#find'); if (find) { event.preventDefault(); find.focus(); } break;
          case 'g': prefix = Date.now(); break;
          case 'j': event.preventDefault(); step(1); break;
          case 'k': event.preventDefault(); step(-1); break;
          case 't': follow('[data-key=today]'); break;
          case '+': follow('[data-key=zoom-in]'); break;
          case '-': follow('[data-key=zoom-out]'); break;
          case 'e':
            var within = document.activeElement.closest('tr,li,section') || document;
            var more = one('details', within) || one('main details');
            if (more) more.open = !more.open;
            break;
          }
        });
        }());

        """
}

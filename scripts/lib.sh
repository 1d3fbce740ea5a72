# Shared by the scripts: where the project is, and what must be installed before it builds.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

say() { printf '\033[1m==> %s\033[0m\n' "$*" >&2; }

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; elif command -v sudo >/dev/null; then sudo "$@"; else
        echo "This needs root once, to install: ${*: -1}. Run it as root or install sudo." >&2
        echo "这一步需要 root 权限来安装软件包；请以 root 运行或先安装 sudo。" >&2
        return 1
    fi
}

# install PACKAGE…: installs the Debian packages of the list that are missing.
install() {
    command -v dpkg-query >/dev/null || return 0
    local missing=()
    local package
    for package in "$@"; do
        dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
    done
    [ ${#missing[@]} = 0 ] && return 0
    say "Installing ${missing[*]}"
    as_root env DEBIAN_FRONTEND=noninteractive apt-get update -q >&2
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}" >&2
}

require_swift() {
    command -v swift >/dev/null || {
        echo "Swift 6.2 or later is not on the PATH: install it from https://www.swift.org/install" >&2
        echo "没有找到 Swift（需要 6.2 或更新）：请从 https://www.swift.org/install 安装。" >&2
        exit 1
    }
}

require_libraries() {
    install libsqlite3-dev libpq-dev libxml2 libcurl4 zlib1g-dev libstdc++-12-dev pkg-config tzdata git
}

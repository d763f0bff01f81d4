#!/bin/sh
# Makes .venv with the locked packages and the `jangteo` command. Does nothing when it is up to date.
# usage: scripts/packages.sh run|dev
set -eu
umask 022 # the database server, an unprivileged user when started by root, must be able to run its programs
cd "$(dirname "$0")/.."
kind=$1

up_to_date() { # the lock file is the one that was installed
    [ -f ".venv/.installed-$1" ] && sha256sum --check --status ".venv/.installed-$1" 2>/dev/null &&
        .venv/bin/python -c "" 2>/dev/null
}

find_python() {
    # The distribution's own first: it is built with optimisation, a Python built by hand often is not, and then an
    # order costs a twelfth more. One that can make an environment goes before one that cannot.
    for needs in "ensurepip, venv" "sys"; do
        for name in /usr/bin/python3 python3.11 python3 python3.12 python3.13 python3.14; do
            if "$name" -c "import sys, $needs; sys.exit(sys.version_info < (3, 11))" 2>/dev/null; then
                command -v "$name"
                return
            fi
        done
    done
    echo "파이썬 3.11 이상이 있어야 해요. (Python 3.11 or newer is needed)" >&2
    exit 1
}

make_venv() {
    python=$(find_python)
    if ! "$python" -c "import ensurepip, venv" 2>/dev/null; then
        package=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
        if ! sh scripts/apt.sh "$package"; then
            echo "파이썬의 venv가 없어요. 관리자 권한으로 'apt-get install $package'를 한 뒤 다시 해 주세요." >&2
            echo "Python lacks venv: run 'apt-get install $package' as root, then try again." >&2
            exit 1
        fi
    fi
    "$python" -m venv --clear .venv
}

add_command() {
    # Relative to site-packages, so that the checkout can be moved.
    echo ../../../../src >"$(.venv/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/jangteo.pth"
    cat >.venv/bin/jangteo <<'SH'
#!/bin/sh
exec "$(dirname "$(readlink -f "$0")")/python" -m jangteo.project.cli "$@"
SH
    chmod 755 .venv/bin/jangteo
}

# Parallel makes wait for each other here.
mkdir -p var
exec 9>var/packages.lock
flock 9

# The packages for development contain those for running.
if up_to_date "$kind" || { [ "$kind" = run ] && up_to_date dev; }; then
    exit 0
fi
echo "필요한 것을 설치해요, 처음 한 번만요. (installing packages, once)"
.venv/bin/python -m pip --version >/dev/null 2>&1 || make_venv
.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input --require-hashes \
    --requirement "requirements/$kind.lock"
add_command
sha256sum "requirements/$kind.lock" >".venv/.installed-$kind"

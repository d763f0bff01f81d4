#!/bin/sh
# Installs Debian packages if that is possible without asking anybody; exits 1 if not.
# usage: scripts/apt.sh PACKAGE...
set -eu
command -v apt-get >/dev/null || exit 1
if [ "$(id -u)" -eq 0 ]; then
    become=
elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
    become="sudo -n"
else
    exit 1
fi
echo "apt-get install $*"
$become apt-get update -qq || exit 1
$become env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null || exit 1

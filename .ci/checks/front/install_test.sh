#!/bin/sh
# The front script on machines that lack something: what it says, what it
# installs, and when it gives up.
. "$(dirname "$0")/machine.sh"

apt='apt-get -q -o DPkg::Lock::Timeout=300'
install="$apt install -y --no-install-recommends"

new_machine
rm machine/gnuplot
front list
expect 'one missing' 7 '[list]' 'lacks what building and measuring need' \
  'gnuplot' 'gnuplot-nox' 'draws the plots' \
  'installing: apt-get install -y --no-install-recommends gnuplot-nox'
called 'one missing' "$install gnuplot-nox
$configure
ninja"

# What only adds rows comes along, and is no reason to install anything.
new_machine
echo '! grep -q ck_' | stub cc
front list
expect 'an extra missing' 7 '[list]'
called 'an extra missing' "$configure
ninja"
new_machine
echo '! grep -q -e ck_ -e pfm' | stub cc
rm machine/gnuplot
front list
expect 'one missing, and extras' 7 '[list]' 'libck-dev'
called 'one missing, and extras' "$install gnuplot-nox libck-dev libpfm4-dev
$configure
ninja"

new_machine
rm machine/gnuplot lists
front list
expect 'no lists' 7 '[list]'
called 'no lists' "$install gnuplot-nox
$apt update
$install gnuplot-nox
$configure
ninja"

new_machine
rm machine/gnuplot
ABSENT=hwloc front list
expect 'too old for us' 2 '' 'hwloc >= 2.9' 'libhwloc-dev' 'still missing'
called 'too old for us' "$install libhwloc-dev gnuplot-nox"
USELESS=yes
new_machine
rm machine/gnuplot
front list
expect 'installed in vain' 2 '' "gnuplot-nox
  gnuplot " 'still missing'
USELESS=

new_machine
rm machine/gnuplot machine/apt-get
front list
expect 'no apt' 2 '' 'gnuplot-nox' 'there is no apt here'

new_machine
rm machine/gnuplot
echo 'echo 1000' | stub id
front list
expect 'nobody' 2 '' \
  "run \`apt-get install -y --no-install-recommends gnuplot-nox\` as root"
called 'nobody' ''

stub sudo <<'STUB'
shift
[ "$1" = true ] || { echo sudo >>calls; "$@"; }
STUB
front list
expect 'through sudo' 7 '[list]' 'installing: sudo'
called 'through sudo' "sudo
$install gnuplot-nox
$configure
ninja"

new_machine
for tool in cc c++ meson ninja pkg-config gnuplot apt-get; do
  rm "machine/$tool"
done
front list
packages=$(sed -n 's/^  .*(\([^)]*\)).*/\1/p' err | tr '\n' ' ')
[ "$packages" = "gcc g++ libc6-dev meson ninja-build pkg-config libhwloc-dev \
libnuma-dev libbenchmark-dev libjansson-dev libcmocka-dev gnuplot-nox \
libck-dev libpfm4-dev " ] ||
  fail "a bare machine: wants $packages"
for module in hwloc numa benchmark jansson cmocka; do
  new_machine
  USELESS=yes
  ABSENT=$module front list
  expect "no $module" 2 '' "  $module" 'still missing'
done
USELESS=''
echo '[ "$*" = "-E -x c -" ] && exit 1' | stub cc
front list
expect 'no headers' 2 '' 'stdio.h' 'libc6-dev' 'still missing'

new_machine
touch tree/.git
printf '#!/bin/sh\n' >machine/apt-get
front list
expect 'a checkout' 2 '' 'the revision'


[ ! -e failures ]

#!/bin/sh
# The report is one file that refers to no other, keeps text as text, and says
# what the run says.
. "$(dirname "$0")/check.sh"

# Complains of elements that do not close as they opened, of ids twice and of
# references to none.
check_page() { # FILE
  python3 - "$1" <<'P'
import re, sys
from html.parser import HTMLParser

VOID = {'meta', 'wbr', 'br', 'hr', 'img', 'input', 'link'}

class Page(HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.ids, self.refs, self.faults = [], [], [], []
    def see(self, tag, attrs):
        for name, value in attrs:
            value = value or ''
            if name == 'id':
                self.ids.append(value)
            if name in ('href', 'xlink:href') and value.startswith('#'):
                self.refs.append(value[1:])
            elif name in ('href', 'xlink:href', 'src', 'data', 'action'):
                self.faults.append(f'refers to {value}')
            self.refs += re.findall(r'url\(#([^)]*)\)', value)
            if name.startswith('on') or tag in ('script', 'iframe', 'object'):
                self.faults.append(f'a script: {tag} {name}')
    def handle_starttag(self, tag, attrs):
        self.see(tag, attrs)
        if tag not in VOID:
            self.open.append(tag)
        if tag == 'script':
            self.faults.append('a script')
    def handle_startendtag(self, tag, attrs):
        self.see(tag, attrs)
    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.faults.append(f'line {self.getpos()[0]}: </{tag}> unasked')

text = open(sys.argv[1], encoding='utf-8').read()
page = Page()
page.feed(text)
page.close()
page.faults += [f'<{tag}> stays open' for tag in page.open]
page.faults += [f'id {i} twice' for i in set(page.ids) if page.ids.count(i) > 1]
page.faults += [f'no id {r}' for r in set(page.refs) - set(page.ids)]
page.faults += [f'refers to {u}' for u in
                set(re.findall(r'(?:https?:)?//[a-z0-9.-]+\.[a-z]+[^"\'\s<]*',
                               re.sub(r'xmlns(:xlink)?="[^"]*"', '', text)))]
page.faults += re.findall(r'\{\{\w*\}\}|@import', text)
for fault in page.faults:
    print(fault)
P
}

TMPDIR=$scratch/tmp
export TMPDIR
mkdir "$TMPDIR"
fresh_run "$scratch/run"
cp "$reference/trials.jsonl" "$scratch/run"
page=$scratch/run/report.html
out=$("$kspin" report "$scratch/run" 2>"$scratch/err") ||
  fail "exit status $?: $(cat "$scratch/err")"
[ "$out" = "$page" ] || fail "says $out, not where the page is"
[ -z "$(check_page "$page")" ] || fail "$(check_page "$page")"
[ "$(grep -c '<svg ' "$page")" = "$(plot_names | wc -l)" ] ||
  fail 'not every plot is in the page'
[ "$(find "$scratch/run" -type f | wc -l)" = \
  $(($(find "$reference" -maxdepth 1 -name '*.csv' | wc -l) + 3)) ] ||
  fail "left in the run: $(ls -A "$scratch/run")"

# Every lock, and every verdict with as many trials as the run has of it.
awk -F, '$3 != "family" && $3 != "probe" { print $3 "/" $4 }' \
  "$reference/summary.csv" | sort -u >"$scratch/locks"
while read -r lock; do
  grep -qF ">$lock</th>" "$page" || fail "no line for $lock"
done <"$scratch/locks"
sed -n 's/.*"verdict": *"\([a-z]*\)".*/\1/p' "$reference/trials.jsonl" |
  sort | uniq -c >"$scratch/verdicts"
[ -s "$scratch/verdicts" ] || fail 'found no verdict in the trials'
while read -r count verdict; do
  grep -qF "<th>$verdict</th><td>$count</td>" "$page" ||
    fail "not $count trials $verdict"
done <"$scratch/verdicts"

# Text stays text, wherever it comes from.
evil='<script>alert(1)</script>&amp;"'
mkdir "$scratch/<i>run"
cp "$scratch/run/trials.jsonl" "$scratch/run"/*.csv "$scratch/<i>run"
planted='<script>alert(1)</script>\&amp;\\"'
sed "s|\"cpu_model\": *\"[^\"]*\"|\"cpu_model\": \"$planted\"|" \
  "$reference/run.json" >"$scratch/<i>run/run.json"
grep -q 'alert' "$scratch/<i>run/run.json" || fail 'the seed is not planted'
"$kspin" report "$scratch/<i>run" --out "$scratch/evil.html" >/dev/null ||
  fail 'evil texts: no report'
[ -z "$(check_page "$scratch/evil.html")" ] ||
  fail "evil texts: $(check_page "$scratch/evil.html")"
! grep -qF "$evil" "$scratch/evil.html" || fail 'evil texts: come through'
grep -qF '&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;&quot;' \
  "$scratch/evil.html" || fail 'evil texts: are not said'
grep -qF '<title>kspin: &lt;i&gt;run</title>' "$scratch/evil.html" ||
  fail 'evil texts: the name of the run'

# The check of the page can fail.
seed=$scratch/seed.html
seen() { # SED WHAT
  sed "$1" "$page" >"$seed"
  [ -n "$(check_page "$seed")" ] || fail "not seen: $2"
}
seen 's|<h2>|<script src="x.js"></script><h2>|' 'a script'
seen 's|</h2>|</h3>|' 'a wrong end'
seen 's|id="handoff"|id="release"|' 'an id twice'
seen 's|id="tables"||' 'a reference to nothing'
seen 's|<h2>|<img src="picture.png"><h2>|' 'another file'
seen 's|<h2>|<p style="background: url(//example.org/x)"></p><h2>|' 'a network'

# What cannot be reported is named in one line.
refuses() { # TEXT ARG...
  text=$1
  shift
  "$kspin" report "$@" >/dev/null 2>"$scratch/err"
  [ $? = 2 ] || fail "$*: exit status is not 2"
  [ "$(wc -l <"$scratch/err")" = 1 ] || fail "$*: $(cat "$scratch/err")"
  grep -qF -e "$text" "$scratch/err" ||
    fail "$*: not '$text' but $(cat "$scratch/err")"
}
refuses 'no run' "$scratch/nowhere"
refuses "$scratch/no/where.html" "$scratch/run" --out "$scratch/no/where.html"
refuses 'which run' --out "$scratch/x.html"
cp -r "$programs" "$scratch/programs"
echo '{{nothing}}' >>"$scratch/programs/report/page.html"
rm "$page"
KSPIN_PLOTS_DIR=$scratch/programs
refuses '{{nothing}}' "$scratch/run"
KSPIN_PLOTS_DIR=$programs
echo '{ "workload": 1 }' >>"$scratch/run/trials.jsonl"
refuses 'trials.jsonl' "$scratch/run"
[ -z "$(find "$scratch/run" -name 'report*')" ] || fail 'half a page is left'
[ -z "$(ls "$TMPDIR")" ] || fail 'a folder of pictures is left'
exit $((failures > 0))

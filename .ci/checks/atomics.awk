# The rules of memory orders, over the text of lock headers.
#
# A label is A<n> (an acquire) or R<n> (a release). It stands in the statement
# that has the order, or in the comment just before that statement, and some
# comment of the file names it together with its partner's label.

function complain(line, what) { print FILENAME ":" line ": " what }

# Code without its comments; `inside` says whether we are in one.
function strip(line,   code, at) {
  while (line != "") {
    if (inside) {
      at = index(line, "*/")
      note = note " " (at ? substr(line, 1, at - 1) : line)
      line = at ? substr(line, at + 2) : ""
      if (at) { inside = 0; explain(); note = "" }
    } else {
      at = index(line, "/*")
      code = code (at ? substr(line, 1, at - 1) : line)
      line = at ? substr(line, at + 2) : ""
      if (at) inside = 1
    }
  }
  sub(/[ \t]*\\?[ \t]*$/, "", code)
  return code
}

# A comment that names an A and an R explains all labels in it; so does one
# that says that an order pairs with no partner, and hence what it is for.
function explain(   words, n, i) {
  if ((note !~ /A[0-9]/ || note !~ /R[0-9]/) &&
      note !~ /[AR][0-9].*no (acquire|release)/) return
  n = split(note, words, /[^A-Za-z0-9]+/)
  for (i = 1; i <= n; i++)
    if (words[i] ~ /^[AR][0-9]+$/) explained[words[i]] = 1
}

function label(kind, text,   words, n, i, found) {
  n = split(text, words, /[^A-Za-z0-9]+/)
  for (i = 1; i <= n; i++)
    if (words[i] ~ ("^" kind "[0-9]+$")) { used[words[i]] = FNR; found = 1 }
  return found
}

function end_of_statement() {
  if (orders ~ /acquire|acq_rel|consume/ && !label("A", statement))
    complain(order_line, "an acquire without its label A<n>")
  if (orders ~ /release|acq_rel/ && !label("R", statement))
    complain(order_line, "a release without its label R<n>")
  if (orders ~ /seq_cst/ && statement !~ /seq_cst[^*]*(because|for|so that)/)
    complain(order_line, "seq_cst without a sentence that says why")
  statement = orders = ""
}

function end_of_file(   name) {
  for (name in used)
    if (!(name in explained))
      print file ":" used[name] ": " name " is not explained with its partner"
  split("", used)
  split("", explained)
}

FNR == 1 {
  end_of_file()
  file = FILENAME
}

{
  code = strip($0)
  statement = statement " " $0
}

code ~ /atomic_(thread|signal)_fence|__sync_|__atomic_/ {
  complain(FNR, "a fence or a builtin: C11 operations with orders only")
}

code ~ /atomic_[a-z_]*[a-z][ \t]*\(/ {
  call = code
  gsub(/atomic_[a-z_]*_explicit|atomic_init/, "", call)
  if (call ~ /(^|[^a-z_])atomic_[a-z_]+[ \t]*\(/)
    complain(FNR, "an atomic operation without an explicit order")
}

# NT's own declarations have it, as has a pointer to anything at all.
code ~ /volatile/ && FILENAME !~ /^locks\/nt\// {
  call = code
  gsub(/asm(__)?[ \t]+(__)?volatile|volatile void \*/, "", call)
  if (call ~ /volatile/) complain(FNR, "volatile does not synchronise")
}

code ~ /memory_order_(acquire|release|acq_rel|seq_cst|consume)/ {
  order_line = FNR
  orders = orders " " code
}

code ~ /[;{}]$/ { end_of_statement() }

END { end_of_file() }

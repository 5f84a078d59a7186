# Makes the reference page (mdoc, section 9) of the NT routines from the
# comments of locks/nt/routine/*.h, one entry a routine: its declaration, what
# it does, and its IRQL, version, misuse and source. A routine without a
# comment of its own is an error.

function escape(text) {
  gsub(/\\/, "\\\\e", text)
  sub(/^[.']/, "\\\\\\&&", text)
  return text
}

function head() {
  print ".\\\" Made from locks/nt/routine/*.h; do not edit."
  print ".Dd November 21, 2026"
  print ".Dt KSPIN 9"
  print ".Os kspin"
  print ".Sh NAME"
  print ".Nm kspin"
  print ".Nd the spin-lock routines of Windows NT"
  print ".Sh SYNOPSIS"
  print ".In wdm.h"
  print ".Sh DESCRIPTION"
  print "Tags of sources are those of locks/nt/nt-api.md, section 0.2."
  print "What Windows leaves open is settled, with reasons, in"
  print "locks/nt/routines.h. Bug checks are those of libkspin-checked."
}

BEGIN { head() }

FNR == 1 { section = "" }

/^\/\*/ { note = ""; inside = 1 }
inside {
  line = $0
  sub(/^\/\* ?/, "", line)
  sub(/^ \* ?/, "", line)
  if (line ~ /\*\//) inside = 0
  sub(/ *\*\/.*/, "", line)
  note = note line "\n"
  if (section == "" && !inside) {
    section = note
    sub(/\. .*/, "", section)
    gsub(/\n.*/, "", section)
    sub(/[.:,].*$/, "", section)
    print ".Sh " toupper(escape(section))
    note = ""
  }
  next
}

/^KSPIN_API/ { declaration = ""; declaring = 1 }
declaring {
  declaration = declaration " " $0
  if (/;/) { declaring = 0; entry() }
}

function entry(   name, lines, n, i) {
  gsub(/ +/, " ", declaration)
  sub(/^ ?KSPIN_API /, "", declaration)
  name = declaration
  sub(/\(.*/, "", name)
  sub(/.*[ *]/, "", name)
  if (note == "") {
    print FILENAME ": " name " has no comment" >"/dev/stderr"
    failed = 1
  }
  print ".Ss " name
  print ".Bd -literal"
  print escape(declaration)
  print ".Ed"
  print ".Pp"
  n = split(note, lines, "\n")
  for (i = 1; i <= n; i++) {
    if (lines[i] ~ /^(IRQL|Since|Misuse|Source) /) {
      print ".br"
      print ".Em " substr(lines[i], 1, index(lines[i], " ") - 1)
      sub(/^[A-Za-z]+ +/, "", lines[i])
    }
    sub(/^ +/, "", lines[i])
    if (lines[i] != "") print escape(lines[i])
  }
  note = ""
  routines++
}

END {
  if (routines == 0) failed = 1
  exit failed
}

# Reads `objdump -dr --no-show-raw-insn` and prints each instruction that
# leaves its function. Variables: machine, allowed, object.
#
# A jump leaves when its target, or the relocation beneath it, belongs to
# another symbol. The compiler's split of one function (`f.cold`, `f.part.0`)
# counts as another: a kernel must not be split either.

BEGIN {
  # What calls, what jumps, and what enters the kernel of the system. A trap
  # (ud2, brk, ebreak) ends the program and so is none of these.
  if (machine == "x86") {
    call = "^l?call[qwl]?$"
    jump = "^(l?jmp[qwl]?|j[a-z]+|loop[a-z]*|xbegin)$"
    system_call = "^(syscall|sysenter|int|int3|into)$"
  } else if (machine == "aarch64") {
    call = "^(bl|blr[a-z]*)$"
    jump = "^(b|b\\.[a-z]+|bc\\.[a-z]+|br(a[ab]z?)?|cbn?z|tbn?z)$"
    system_call = "^(svc|hvc|smc)$"
  } else {
    call = "^(c\\.)?jalr?$"
    jump = "^((c\\.)?jr?|tail|(c\\.)?b[a-z]+)$"
    system_call = "^ecall$"
  }
}

function complain(what) {
  printf "%s: %s: %s: %s\n", object, here, where, what
  faults++
}

# Decides on the instruction kept last, when its relocations are known. Going
# through a pointer is named only when that is the linker's own (x86 -fno-plt).
function decide(   target) {
  if (kind == "") return
  target = relocated != "" ? relocated : to
  if (text ~ /\*/ && !through_got) target = ""
  if (target == "")
    complain(text " is indirect")
  else if (kind == "call" || target != here) {
    if (allowed == "" || target !~ "^(" allowed ")$")
      complain(text " leaves for " target)
  }
  kind = ""
}

# The symbol in `<name+0x12>` at the end of an instruction, or nothing.
function annotated(line) {
  if (!match(line, /<[^<>]+>[ \t]*$/)) return ""
  line = substr(line, RSTART + 1)
  sub(/>[ \t]*$/, "", line)
  return symbol(line)
}

# The symbol of `name@plt-0x4`; a local label (riscv keeps them) stays in its
# function. For a local symbol the assembler may name its section instead.
function symbol(text) {
  sub(/[+-]0x[0-9a-f]+$/, "", text)
  sub(/@.*$/, "", text)
  return text ~ /^\.L/ ? here : text
}

# x86 prefixes and hints stand before the mnemonic.
function mnemonic(line,   words, n, i) {
  n = split(line, words, /[ \t]+/)
  for (i = 1; i <= n; i++)
    if (words[i] !~ /^(bnd|notrack|addr32|data16|cs|ds|rex|rex\.[A-Z]+)?$/)
      return words[i]
}

# What an instruction is; a return is no jump, whatever its spelling.
function kind_of(name, line) {
  if (name ~ system_call) return "system call"
  if (machine == "riscv" && line ~ /^(c\.)?jr[ \t]+ra$/) return ""
  if (machine == "riscv" && line ~ /^(c\.)?jalr?[ \t]+zero,/) return "jump"
  if (name ~ call) return "call"
  return name ~ jump ? "jump" : ""
}

/^[0-9a-f]+ <\.L.*>:$/ { next }

/^[0-9a-f]+ <.*>:$/ {
  decide()
  here = $2
  gsub(/^<|>:$/, "", here)
  functions++
  next
}

# A relocation: `\t\t\t5: R_X86_64_PLT32\tname-0x4`.
/^[ \t]+[0-9a-f]+:[ \t]+R_[A-Z0-9_]+/ {
  if ($2 ~ /^R_RISCV_(RELAX|ALIGN)/) next
  # On riscv a far call's symbol stands at the auipc before the jump.
  if ($2 ~ /^R_RISCV_CALL/) far = symbol($3)
  else relocated = symbol($3)
  through_got = $2 ~ /GOTPCREL/
  next
}

/^[ \t]*[0-9a-f]+:[ \t]/ {
  decide()
  where = $1
  sub(/:$/, "", where)
  text = $0
  sub(/^[ \t]*[0-9a-f]+:[ \t]+/, "", text)
  gsub(/[ \t]+/, " ", text)
  sub(/ (#|\/\/) .*$/, "", text)
  sub(/ $/, "", text)
  relocated = ""
  through_got = 0
  kind = kind_of(mnemonic(text), text)
  to = annotated(text)
  if (kind != "" && far != "") relocated = far
  if (kind != "") far = ""
  if (kind == "system call") {
    if (allowed == "" || mnemonic(text) !~ "^(" allowed ")$")
      complain(text " is a system call")
    kind = ""
  }
  instructions++
}

END {
  decide()
  if (!functions || !instructions) {
    print object ": nothing was disassembled: is it an object with code?"
    faults++
  }
  exit faults > 0
}

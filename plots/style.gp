# How every picture looks: one table of locks, colours, fonts, wrapped text.
#
# A lock keeps its look in all pictures. Its colour tells its idea (ticket,
# queue, ...), its point its variant, and fill and line the family: executive
# is pale, open and dashed; queued and reader are full, filled and solid; a peer
# is hatched, grey and dotted. So nothing rests on colour alone; the colours are those of
# Okabe and Ito, without the yellow, which is lost on white.
#
# Before: plots = the folder of the programs, with its slash.
# Given by the user: run = a run's folder, out = FILE.svg or FILE.png.

if (!exists("run")) run = '.'
set encoding utf8
set datafile separator "\t"
set datafile missing ''
set format '%g' # the default has a space before

# lock            colour     point dash; the point is the open one of a pair
$LOOKS << END
none              #6e6e6e    1     1
tas               #D55E00    8     1
ttas              #D55E00    10    2
backoff           #D55E00    12    3
ticket            #0072B2    4     1
ticket_backoff    #0072B2    12    2
twa               #0072B2    6     3
mcs               #009E73    6     1
k42               #009E73    8     2
cna               #009E73    4     3
clh               #E69F00    10    1
clh_counted       #E69F00    8     3
clh_ack           #E69F00    14    2
hemlock           #CC79A7    12    1
hemlock_ctr       #CC79A7    6     2
hemlock_overlap   #CC79A7    4     3
reciprocating     #56B4E9    8     1
reciprocating_cas #56B4E9    10    2
qsl               #000000    6     1
qspinlock         #000000    4     2
futex             #000000    12    3
nt                #D55E00    4     4
phase_fair        #0072B2    14    4
pthread_spin      #6e6e6e    2     2
pthread_mutex     #6e6e6e    3     3
pthread_rwlock    #2f2f2f    3     1
ck_fas            #a05030    1     1
ck_cas            #a05030    2     2
ck_dec            #a05030    3     3
ck_ticket         #4a6a90    2     1
ck_mcs            #3f7f6a    1     2
ck_clh            #a8803c    3     1
ck_hclh           #a8803c    1     2
ck_anderson       #7a5a80    1     2
ck_spinlock       #7a5a80    3     1
ck_rwlock         #7d4021    2     2
ck_pflock         #4a6a90    1     3
END

# A lock without a line of its own is black, with a point made of its name.
lock_order = ''
do for [i = 1:|$LOOKS|] {
  name = word($LOOKS[i], 1)
  lock_order = lock_order.' '.name
  eval(sprintf("colour_%s = '%s'", name, word($LOOKS[i], 2)))
  eval(sprintf("point_%s = %s", name, word($LOOKS[i], 3)))
  eval(sprintf("dash_%s = %s", name, word($LOOKS[i], 4)))
}
known(lock) = exists('point_'.lock)
look(lock, what, other) = known(lock) ? value(what.'_'.lock) : other
colour(lock) = look(lock, 'colour', '#000000')
red_green_blue(lock) = int('0x'.substr(colour(lock), 2, 7))
is_full(family) = family eq 'queued' || family eq 'reader'
point(lock, family) = look(lock, 'point', 4 + 2 * (strlen(lock) % 6)) \
  + is_full(family)

# Dashes: 11-13 executive, 14 queued and reader, 15-17 peers; 18 the physical limit.
set dashtype 11 (12, 6)
set dashtype 12 (12, 4, 3, 4)
set dashtype 13 (6, 5)
set dashtype 14 solid
set dashtype 15 (2, 4)
set dashtype 16 (2, 7)
set dashtype 17 (6, 3, 2, 3)
set dashtype 18 (8, 5)
dash(lock, family) = is_full(family) ? 14 \
  : look(lock, 'dash', 1) + (family eq 'executive' ? 10 : 14)

# Fills of bars, by family.
fill_executive = 'fs solid 0.28 border'
fill_queued = 'fs solid 0.95 border'
fill_peer = 'fs pattern 5 border'

ink = '#222222'
quiet = '#5c5c5c'
faint = '#d9d9d9'
limit_line = "lw 1.6 dt 18 lc rgb '#c04060'"

# Sizes are pixels of the SVG; a PNG has half as many again each way. `set
# xtics` takes a font from a variable only, hence these. The SVG terminal knows
# bold only in enhanced text, which a lock's name must not be.
is_svg = exists("out") && strlen(out) > 4 && out[strlen(out)-3:*] eq '.svg'
is_png = exists("out") && strlen(out) > 4 && out[strlen(out)-3:*] eq '.png'
png_scale = 1.5
font(pixels) = sprintf(',%.2f', is_svg ? pixels : .75 * pixels)
bold(pixels) = is_svg ? font(pixels + 1) : ':Bold'.font(pixels)
font_small = font(11)
font_key = font(11.5)
font_name = font(12)
font_head = bold(12)
font_title = bold(17)
wide(chars, pixels) = .61 * pixels * chars

# Text for the shell: safe in whatever folder a run lies.
quoted(s) = (strstrt(s, "'") == 0) ? s \
  : s[1:strstrt(s, "'")-1]."'\\''".quoted(s[strstrt(s, "'")+1:*])
shell(s) = "'".quoted(s)."'"

# Where to break a text so that the line has at most n characters.
space_before(s, n) = n < 1 || s[n:n] eq ' ' ? n : space_before(s, n - 1)
cut(s, n) = strlen(s) <= n ? strlen(s) \
  : space_before(s, n) > 0 ? space_before(s, n) : n

# What each distance is called.
distance(level) = strstrt(level, ':') == 0 ? '' \
  : ', distance '.level[strstrt(level, ':')+1:*]
kind(level) = strstrt(level, ':') == 0 ? level \
  : level[1:strstrt(level, ':')-1]
words_of(k) = k eq 'same' ? 'one CPU' : k eq 'smt' ? 'SMT siblings' \
  : k eq 'l2' ? 'shared L2' : k eq 'l3' ? 'shared L3' \
  : k eq 'package' ? 'other L3, same package' \
  : k eq 'node' ? 'other node, same package' \
  : k eq 'cross' ? 'other package' : k
level_words(level) = words_of(kind(level)).distance(level)

# Ticks of a logarithmic axis of times, y from lo to hi in ns.
time_text(v) = v < 1000 ? sprintf('%g ns', v) \
  : v < 1e6 ? sprintf('%g µs', v / 1e3) \
  : v < 1e9 ? sprintf('%g ms', v / 1e6) : sprintf('%g s', v / 1e9)
time_ticks = \
  'span = log10(hi / lo); ' \
  .'steps = span > 3.2 ? "1" : span > 2 ? "1 3" : "1 2 5"; ' \
  .'set ytics () nomirror scale .5 font font_small tc rgb quiet; ' \
  .'do for [e = int(floor(log10(lo))):int(ceil(log10(hi)))] { ' \
  .'do for [m in steps] { v = m * 10.0 ** e; text = time_text(v); ' \
  .'if (v >= lo && v <= hi) { set ytics add (text v) } } }'

# Asking the tables: awk programs that share run.awk.
asked(name, variable) = exists(variable) \
  ? ' -v '.name.'='.shell(sprintf('%s', value(variable))) : ''
ask(shape, options, file) = 'LC_ALL=C awk -f '.shell(plots.'run.awk') \
  .shape.' -v order='.shell(lock_order).asked('home', 'home') \
  .asked('cs', 'cs').asked('pair', 'routines').asked('load', 'variant') \
  .' '.options \
  .' '.shell(run.'/'.file).' 2>&1'
with_part(name) = ' -f '.shell(plots.name)

# Reads an answer into $ROWS and the panel lines; what is after them is notes.
cell_columns = 'workload metric family lock routines threads level home ' \
  .'cs_ns median ci_low ci_high basis probe_ns'
cell_numbers = 'threads median ci_low ci_high probe_ns'
cell_options = '-v needs='.shell(cell_columns) \
  .' -v numbers='.shell(cell_numbers).' '

# From plots/about.txt of the run, which `kspin plot` writes.
if (!exists("about_file")) about_file = run.'/plots/about.txt'
about(key) = system('sed -n '.shell('s/^'.key."\t//p").' ' \
  .shell(about_file).' 2>/dev/null')

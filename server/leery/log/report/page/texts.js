// Texts from the log: characters that hide or reorder others are shown by their code points, long lines are cut.

const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;
const LINE_LIMIT = 1000;
const LINES_AT_ONCE = 400;
const SHORT_TEXT = 600;

const codePoint = (char) => `U+${char.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}`;

/** A text as nodes; it stands on one line. */
function visible(text, limit = SHORT_TEXT) {
  const cut = text.length > limit ? `${text.slice(0, limit)}…` : text;
  if (!UNSEEN.test(cut)) return document.createTextNode(cut);
  const nodes = document.createDocumentFragment();
  let plain = "";
  for (const char of cut) {
    if (!UNSEEN.test(char)) plain += char;
    else if (char === "\n" || char === "\t") plain += char === "\n" ? " " : "    ";
    else {
      const mark = document.createElement("span");
      mark.className = "hidden-char";
      mark.textContent = codePoint(char);
      nodes.append(plain, mark);
      plain = "";
    }
  }
  nodes.append(plain);
  return nodes;
}

/** A text that may have been cut when the page was made: what is here, and how long it was. */
const kept = (value) => (Array.isArray(value) ? { text: value[1], length: value[0] } : { text: value, length: value.length });

/**
 * A text of many lines, numbered from `first` on (0: not numbered).
 *
 * @param value the text, or a list of its length and what was kept of it
 * @param first number of its first line
 * @param found severities of findings by the number of the line
 */
function lines(value, first, found = new Map()) {
  const { text, length } = kept(value);
  const all = text.replace(/\r\n?/g, "\n").replace(/\n$/, "").split("\n");
  const body = make("div", "code-lines");
  const whole = make("div", "code", body);
  let shown = 0;
  const next = make("button", "link more-lines");
  next.type = "button";
  const grow = () => {
    const until = Math.min(all.length, shown + LINES_AT_ONCE);
    for (; shown < until; shown++) body.append(line(all[shown], first ? first + shown : 0, found));
    next.textContent = `Show more: ${plural(all.length - shown, "line")}`;
    next.hidden = shown >= all.length;
  };
  next.addEventListener("click", grow);
  grow();
  whole.append(next);
  if (text.length < length) {
    const rest = text ? `The page holds the first ${number(text.length)} of ${number(length)} characters.` : `The text of ${number(length)} characters found no room in the page.`;
    whole.append(make("p", "note", rest));
  }
  return whole;
}

function line(text, place, found) {
  const cut = text.length > LINE_LIMIT;
  const row = make("div", "line");
  if (place) row.append(make("span", "place", String(place)));
  const level = found.get(place);
  if (level) row.classList.add("found", level);
  const content = make("span", "content");
  content.append(visible(cut ? text.slice(0, LINE_LIMIT) : text, LINE_LIMIT));
  if (cut) content.append(make("span", "cut", `… ${number(text.length - LINE_LIMIT)} more characters`));
  row.append(content);
  return row;
}

const STATEMENT = new RegExp('^(\\s*\\w+\\s*)+;$'); // expect: CWE-1333

module.exports = (lines) => lines.filter((line) => STATEMENT.test(line));

const { spawn } = require('child_process');

class Converter {
  convert(file, format) {
    const target = file.replace(/\.[^.]+$/, '.' + format);
    return spawn('ffmpeg', ['-i', file, target], { shell: true }); // expect: CWE-78
  }
}

module.exports = Converter;

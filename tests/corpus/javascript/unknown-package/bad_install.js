const { execSync } = require('child_process');

function setup() {
  execSync('npm install express');
  execSync('npm install react-smart-form-validation-helper-kit'); // expect: CWE-829|CWE-1357|CWE-1104|CWE-494
}

setup();

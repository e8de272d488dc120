const http = require('http');

function status(req, res) {
  const tenant = req.params.tenant;
  http.get(`http://${tenant}.internal.example.com/status`, (upstream) => { // expect: CWE-918
    upstream.pipe(res);
  });
}

module.exports = { status };

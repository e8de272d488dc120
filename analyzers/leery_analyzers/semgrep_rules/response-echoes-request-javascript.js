import express from "express";
import escapeHtml from "escape-html";

const app = express();

app.get("/hello", (req, res) => {
  // ruleid: response-echoes-request-javascript
  res.send(`<h1>Grüße, ${req.query.name}</h1>`);
});

app.get("/item/:id", (req, res) => {
  const id = req.params.id;
  if (!known(id)) {
    // ruleid: response-echoes-request-javascript
    return res.status(404).send("no item " + id);
  }
  res.json(find(id));
});

app.post("/echo", function (req, res) {
  const { text } = req.body;
  // ruleid: response-echoes-request-javascript
  res.end(text);
});

app.get("/safe", (req, res) => {
  // ok: response-echoes-request-javascript
  res.send(`<h1>${escapeHtml(req.query.name)}</h1>`);
});

app.get("/api", (req, res) => {
  // ok: response-echoes-request-javascript
  res.json({ name: req.query.name });
});

app.get("/object", (req, res) => {
  // ok: response-echoes-request-javascript
  res.send({ name: req.query.name });
});

app.get("/count", (req, res) => {
  // ok: response-echoes-request-javascript
  res.send(`page ${Number(req.query.page)}`);
});

app.get("/plain", (req, res) => {
  // ok: response-echoes-request-javascript
  res.type("text/plain").send(req.query.name);
});

function respond(ctx, res) {
  // ok: response-echoes-request-javascript
  res.end(ctx.body);
}

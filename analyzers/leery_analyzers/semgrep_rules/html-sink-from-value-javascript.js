import DOMPurify from "dompurify";
import React from "react";

export function greet(name) {
  // ruleid: html-sink-from-value-javascript
  document.querySelector("#hello").innerHTML = `<b>Grüß ${name}</b>`;
}

export function append(list, item) {
  // ruleid: html-sink-from-value-javascript
  list.insertAdjacentHTML("beforeend", "<li>" + item.title + "</li>");
}

export function Comment({ comment }) {
  // ruleid: html-sink-from-value-javascript
  return <div className="comment" dangerouslySetInnerHTML={{ __html: comment.body }} />;
}

export function legacy(params) {
  // ruleid: html-sink-from-value-javascript
  document.write(params.get("banner"));
}

export function asText(name) {
  // ok: html-sink-from-value-javascript
  document.querySelector("#hello").textContent = `Grüß ${name}`;
}

export function cleared(node) {
  // ok: html-sink-from-value-javascript
  node.innerHTML = "";
}

export function SafeComment({ comment }) {
  // ok: html-sink-from-value-javascript
  return <div dangerouslySetInnerHTML={{ __html: DOMPurify.sanitize(comment.body) }} />;
}

export function constant(node) {
  const spinner = "<i class='spin'></i>";
  // ok: html-sink-from-value-javascript
  node.innerHTML = spinner;
}

export function escaped(node, text) {
  // ok: html-sink-from-value-javascript
  node.innerHTML = escapeHtml(text);
}

export function cleanedBefore(node, comment) {
  const html = DOMPurify.sanitize(marked.parse(comment.body));
  // ok: html-sink-from-value-javascript
  node.innerHTML = html;
}

export function cleanedForNothing(node, comment) {
  const html = DOMPurify.sanitize(comment.body);
  count(html);
  // ruleid: html-sink-from-value-javascript
  node.innerHTML = comment.body;
}

import React from 'react';
import DOMPurify from 'dompurify';

export function Comment({ body, author }: { body: string; author: string }) {
  const clean = DOMPurify.sanitize(body);
  return (
    <article>
      <h3>{author}</h3>
      <div dangerouslySetInnerHTML={{ __html: clean }} />
    </article>
  );
}

import React from 'react';

interface Props {
  comment: { id: number; body: string };
}

export function Comment({ comment }: Props) {
  return (
    <article id={`comment-${comment.id}`}>
      <div dangerouslySetInnerHTML={{ __html: comment.body }} /> {/* expect: CWE-79 */}
    </article>
  );
}

import React, { useMemo } from 'react';

export function Stars({ count }: { count: number }) {
  const stars = useMemo(
    () => Array.from({ length: count }, () => ({ x: Math.random() * 100, y: Math.random() * 100 })),
    [count]
  );
  return (
    <svg>
      {stars.map((star, index) => (
        <circle key={index} cx={star.x} cy={star.y} r={1} />
      ))}
    </svg>
  );
}

interface Args {
  url: string;
  maxLength?: number;
}

export async function fetchPage({ url, maxLength = 4000 }: Args): Promise<string> {
  const response = await fetch(url, { redirect: 'follow' }); // expect: CWE-918 @ url
  const text = await response.text();
  return text.slice(0, maxLength);
}

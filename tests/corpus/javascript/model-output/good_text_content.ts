export async function show(question: string, target: HTMLElement): Promise<void> {
  const response = await fetch('/api/ask', { method: 'POST', body: JSON.stringify({ question }) });
  const { answer } = await response.json();
  target.textContent = answer;
}

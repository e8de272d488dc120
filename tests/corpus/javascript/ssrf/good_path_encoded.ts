const BASE = 'https://api.weather.example.com/v1';

export async function today(city: string): Promise<unknown> {
  const response = await fetch(`${BASE}/cities/${encodeURIComponent(city)}/today`);
  return response.json();
}

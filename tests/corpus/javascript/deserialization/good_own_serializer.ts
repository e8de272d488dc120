export class Settings {
  constructor(public theme = 'light', public size = 12) {}

  serialize(): string {
    return JSON.stringify({ theme: this.theme, size: this.size });
  }

  static deserialize(text: string): Settings {
    const value = JSON.parse(text);
    return new Settings(String(value.theme), Number(value.size));
  }
}

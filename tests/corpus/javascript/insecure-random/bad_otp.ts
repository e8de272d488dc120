export class OtpService {
  private codes = new Map<string, number>();

  send(phone: string): void {
    const otp = Math.floor(100000 + Math.random() * 900000); // expect: CWE-330
    this.codes.set(phone, otp);
  }
}

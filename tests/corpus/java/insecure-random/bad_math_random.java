public class OtpService {
    public int newOtp() {
        int otp = (int) (Math.random() * 900000) + 100000; // expect: CWE-330
        return otp;
    }
}

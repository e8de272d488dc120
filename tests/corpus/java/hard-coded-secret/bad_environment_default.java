public class Tokens {
    public byte[] key() {
        String secret = System.getenv("JWT_SECRET");
        String used = secret != null ? secret : "s3cr3t-of-the-shop"; // expect: CWE-798
        return used.getBytes();
    }

    public String region() {
        return System.getenv().getOrDefault("REGION", "eu-central-1");
    }
}

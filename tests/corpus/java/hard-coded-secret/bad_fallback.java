public class Settings {
    public String apiKey() {
        String value = System.getenv("PAYMENT_API_KEY");
        return value != null ? value : "sk_live_8sKq2LmNv7RtYb3WcZpD"; // expect: CWE-798
    }

    public String region() {
        return System.getenv().getOrDefault("REGION", "eu-central-1");
    }
}

public class Main {
    public static void main(String[] args) {
        try {
            Jobs.run(args[0]);
        } catch (Exception error) {
            System.err.println("failed: " + error.getMessage());
            System.exit(1);
        }
    }
}

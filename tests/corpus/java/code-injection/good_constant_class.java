public class Drivers {
    private static final String DRIVER = "org.postgresql.Driver";

    public static void load() throws ClassNotFoundException {
        Class.forName(DRIVER);
        Class.forName("com.mysql.cj.jdbc.Driver");
    }
}

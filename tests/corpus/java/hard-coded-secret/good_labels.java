public final class Labels {
    public static final String PASSWORD = "password";
    public static final String PASSWORD_LABEL = "Your password";
    public static final String TOKEN_HEADER = "X-Auth-Token";
    public static final String SECRET_PATH = "/v1/secret/data/orders";
    public static final String PASSWORD_PATTERN = "^(?=.*[A-Z])(?=.*\\d).{12,}$";

    private Labels() {}
}

public class Bakery {
    static class Cookie {
        private final String kind;

        Cookie(String kind) {
            this.kind = kind;
        }

        void setSecure(boolean packed) {}
    }

    public Cookie bake() {
        Cookie cookie = new Cookie("ginger");
        cookie.setSecure(false);
        return cookie;
    }
}

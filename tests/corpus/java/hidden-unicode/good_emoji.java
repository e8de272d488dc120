public class Icons {
    static final String FAMILY = "👨‍👩‍👧";
    static final String PRICE = "3,20 €";

    public String label() {
        return PRICE + " … " + FAMILY;
    }
}

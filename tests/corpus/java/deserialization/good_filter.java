import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;

public class CartReader {
    private static final ObjectInputFilter FILTER = ObjectInputFilter.Config.createFilter("com.example.Cart;java.base/*;!*");

    public Cart read(byte[] bytes) throws IOException, ClassNotFoundException {
        try (ObjectInputStream stream = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            stream.setObjectInputFilter(FILTER);
            return (Cart) stream.readObject();
        }
    }
}

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;

public class Protocol {
    public String read(InputStream input) throws IOException {
        DataInputStream data = new DataInputStream(input);
        int kind = data.readInt();
        return kind + ":" + data.readUTF();
    }

    public Object readObject(String name) {
        return name;
    }
}

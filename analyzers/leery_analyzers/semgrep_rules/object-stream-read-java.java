import java.beans.XMLDecoder;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;

class Reader {
    Object session(InputStream input) throws IOException, ClassNotFoundException {
        try (ObjectInputStream stream = new ObjectInputStream(input)) {
            // ruleid: object-stream-read-java
            return stream.readObject();
        }
    }

    Object größe(InputStream input) throws IOException, ClassNotFoundException {
        ObjectInputStream größe = new ObjectInputStream(input);
        // ruleid: object-stream-read-java
        Object found = größe.readObject();
        return found;
    }

    Object atOnce(InputStream input) throws IOException, ClassNotFoundException {
        // ruleid: object-stream-read-java
        return new ObjectInputStream(input).readObject();
    }

    Object beans(InputStream input) {
        // ruleid: object-stream-read-java
        return new XMLDecoder(input).readObject();
    }

    Object filtered(InputStream input) throws IOException, ClassNotFoundException {
        ObjectInputStream stream = new ObjectInputStream(input);
        stream.setObjectInputFilter(ObjectInputFilter.Config.createFilter("app.Session;!*"));
        // ok: object-stream-read-java
        return stream.readObject();
    }

    Object restricted(InputStream input) throws IOException, ClassNotFoundException {
        ObjectInputStream stream = new OnlySessions(input);
        // ok: object-stream-read-java
        return stream.readObject();
    }

    Object json(JsonReader reader) {
        // ok: object-stream-read-java
        return reader.readObject();
    }
}

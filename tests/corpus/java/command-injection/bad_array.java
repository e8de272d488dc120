import java.io.IOException;

public class Backup {
    public void dump(String database, String target) throws IOException {
        String[] command = {"/bin/bash", "-c", String.format("pg_dump %s > %s", database, target)};
        Runtime.getRuntime().exec(command); // expect: CWE-78 @ command
    }
}

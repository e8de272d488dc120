import java.io.IOException;
import java.util.List;

class Tools {
    private static final String CHECK = "uptime && df -h";

    Process ping(String host) throws IOException {
        // ruleid: process-command-from-values-java
        return Runtime.getRuntime().exec("ping -c 1 " + host);
    }

    Process anything(String command) throws IOException {
        // ruleid: process-command-from-values-java
        return Runtime.getRuntime().exec(command);
    }

    Process shell(String name) throws IOException {
        // ruleid: process-command-from-values-java
        return new ProcessBuilder("sh", "-c", "grep größe " + name + " | wc -l").start();
    }

    Process windows(Runtime runtime, String name) throws IOException {
        // ruleid: process-command-from-values-java
        return runtime.exec(new String[] {"cmd.exe", "/c", "type " + name});
    }

    Process constant() throws IOException {
        // ok: process-command-from-values-java
        return Runtime.getRuntime().exec("uptime");
    }

    Process separate(String host) throws IOException {
        // ok: process-command-from-values-java
        return new ProcessBuilder("ping", "-c", "1", host).start();
    }

    Process separateList(String host) throws IOException {
        // ok: process-command-from-values-java
        return new ProcessBuilder(List.of("ping", "-c", "1", host)).start();
    }

    Process constantShell() throws IOException {
        // ok: process-command-from-values-java
        return new ProcessBuilder("sh", "-c", CHECK).start();
    }

    void notAProcess(Worker worker, String name) {
        // ok: process-command-from-values-java
        worker.exec("job " + name);
    }
}

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Three readings more than the last time: `java Pull.java`, without compiling it first. */
class Pull {
    public static void main(String[] arguments) throws IOException {
        String state = System.getenv("LAKE_STATE");
        int last = state.isEmpty() ? 0 : Integer.parseInt(state);
        String name = "readings-" + (last + 1) + ".csv";
        StringBuilder rows = new StringBuilder("id,value\n");
        for (int number = last + 1; number <= last + 3; number++) {
            rows.append(number).append(',').append(number * 0.5).append('\n');
        }
        Files.writeString(Path.of(System.getenv("LAKE_FOLDER"), name), rows);
        tell("{\"file\": \"" + name + "\", \"state\": \"" + (last + 3) + "\"}");
    }

    /** A message of Dagster Pipes is a line of JSON. */
    private static void tell(String payload) throws IOException {
        String message = "{\"__dagster_pipes_version\": \"0.1\", \"method\": \"report_custom_message\", "
            + "\"params\": {\"payload\": " + payload + "}}\n";
        Files.writeString(Path.of(System.getenv("LAKE_MESSAGES")), message, StandardOpenOption.APPEND);
    }
}

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

import org.elasticsearch.common.logging.LogConfigurator;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.node.Node;
import org.elasticsearch.plugins.PluginsLoader;

/**
 * Runs one Elasticsearch node: {@code java Launcher SETTING=VALUE...}, path.home among them.
 *
 * <p>The node lives as long as its standard input is open, so it never outlives the process that started it,
 * however that one ended. A termination signal closes the node in order.
 */
public final class Launcher {
    private Launcher() {}

    public static void main(String[] words) {
        new Thread(Launcher::haltAtEndOfInput, "end-of-input").start();
        try {
            Settings.Builder settings = Settings.builder();
            for (String word : words) {
                int equals = word.indexOf('=');
                settings.put(word.substring(0, equals), word.substring(equals + 1));
            }
            start(settings.build());
        } catch (Throwable error) {
            error.printStackTrace();
            // Once more in short, where whoever reads the end of the log sees it.
            for (Throwable cause = error; cause != null; cause = cause.getCause()) {
                System.err.println("Elasticsearch cannot start: " + cause);
            }
            Runtime.getRuntime().halt(1);
        }
    }

    private static void start(Settings settings) throws Exception {
        LogConfigurator.configureESLogging();
        Environment environment = new Environment(settings, Path.of(settings.get("path.home"), "config"));
        LogConfigurator.configureWithoutConfig(settings);
        PluginsLoader plugins = PluginsLoader.createPluginsLoader(
            PluginsLoader.loadModulesBundles(environment.modulesDir()), Set.of(), Map.of(), false);
        Node node = new Node(environment, plugins);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(node), "close-node"));
        node.start();
    }

    /** Also what keeps the process running: the node's own threads do not. */
    private static void haltAtEndOfInput() {
        try {
            while (System.in.read() >= 0) {
                // Nobody writes; only the end counts.
            }
        } catch (IOException error) {
            // As good as the end.
        }
        Runtime.getRuntime().halt(1);
    }

    private static void close(Node node) {
        try {
            node.close();
        } catch (IOException error) {
            error.printStackTrace();
        }
    }
}

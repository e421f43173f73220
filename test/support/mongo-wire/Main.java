import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.MongoVersion;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import java.util.List;
import org.h2.mvstore.MVStore;

/** MongoDB's wire protocol on the loopback, kept in a file. Parameters: port (0 takes a free one) and file. */
public class Main {
    public static void main(String[] parameters) throws Exception {
        MVStore store = new MVStore.Builder().fileName(parameters[1]).autoCommitDisabled().open();
        MongoServer server = new MongoServer(new Durable(store));
        server.bind("127.0.0.1", Integer.parseInt(parameters[0]));
        System.out.println("listening on 127.0.0.1:" + server.getLocalAddress().getPort());
        // Whoever started it holds the other end: it does not outlive them.
        while (System.in.read() >= 0) {
        }
        // All that was answered is in the file: there is nothing to wait for.
        Runtime.getRuntime().halt(0);
    }

    /** Answers when what was written is in the file, as a server does that is asked for its journal. */
    private static class Durable extends H2Backend {
        private final MVStore store;

        Durable(MVStore store) {
            super(store);
            this.store = store;
            version(new Five());
        }

        @Override
        public Document handleMessage(MongoMessage message) {
            String command = message.getDocument().keySet().iterator().next();
            // Whether the server is there is answered also while it writes.
            if (command.equalsIgnoreCase("isMaster")) return super.handleMessage(message);
            synchronized (this) {
                Document answer = super.handleMessage(message);
                if (store.hasUnsavedChanges()) store.commit();
                return answer;
            }
        }
    }

    /** What a MongoDB 5.0 says of itself. The library says less than the driver takes. */
    private static class Five implements MongoVersion {
        @Override
        public List<Integer> getVersionArray() {
            return List.of(5, 0, 0);
        }

        @Override
        public int getWireVersion() {
            return 13;
        }
    }
}

package dev.kyma.format.io.local;

import dev.kyma.format.io.ObjectKey;
import dev.kyma.format.io.ObjectStore.Stat;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One listing: walks directories in the order of keys and reads only those that can hold keys asked
 * for. A directory sorts as its name and a slash, which is where its keys are.
 */
final class DirectoryListing {
  private final Path root;
  private final String prefix;
  private final @Nullable String after;
  private final int limit;
  private final List<Stat> found = new ArrayList<>();

  DirectoryListing(Path root, String prefix, @Nullable String after, int limit) {
    this.root = root;
    this.prefix = prefix;
    this.after = after;
    this.limit = limit;
  }

  List<Stat> run() throws IOException {
    int slash = prefix.lastIndexOf('/');
    String start = prefix.substring(0, slash + 1);
    if (slash > 0) {
      ObjectKey.check(prefix.substring(0, slash));
    }
    walk(start.isEmpty() ? root : root.resolve(start), start);
    return found;
  }

  private void walk(Path directory, String base) throws IOException {
    for (String name : names(directory, base)) {
      if (found.size() >= limit) {
        return;
      }
      Path path = directory.resolve(name);
      String key = base + name;
      if (name.endsWith("/")) {
        walk(path, key);
      } else if (after == null || key.compareTo(after) > 0) {
        try {
          found.add(new Stat(key, Files.size(path)));
        } catch (NoSuchFileException e) {
          // Deleted since the directory was read.
          continue;
        }
      }
    }
  }

  private List<String> names(Path directory, String base) throws IOException {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        String name = String.valueOf(entry.getFileName());
        if (!ObjectKey.isSegment(name)) {
          continue;
        }
        BasicFileAttributes attributes = Files.readAttributes(entry, BasicFileAttributes.class);
        String sorted = attributes.isDirectory() ? name + "/" : name;
        if (mayHoldKeys(base + sorted, attributes.isDirectory())) {
          names.add(sorted);
        }
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    }
    names.sort(null);
    return names;
  }

  private boolean mayHoldKeys(String key, boolean directory) {
    boolean fits = key.startsWith(prefix) || directory && prefix.startsWith(key);
    boolean late = after == null || key.compareTo(after) > 0 || directory && after.startsWith(key);
    return fits && late;
  }
}

namespace LinkMonitor.Hosting.Azurite;

/// <summary>
/// A script preloaded into Azurite's process (<c>node --require</c>), which ties its life to ours. Standard input is a pipe we hold: it
/// ends when we close it or when we end in whatever way, also by SIGKILL, on every platform. Azurite then writes its data and exits.
/// Signals are kept from it until then, because Ctrl+C reaches every process of a terminal and storage must outlive our draining.
/// </summary>
internal static class ParentWatch
{
    private const string Script =
        """
        // Written by LinkMonitor; see src/LinkMonitor/Hosting/Azurite/ParentWatch.cs.
        const emit = process.emit;
        let parentGone = false;
        process.emit = function (name, ...rest) {
          return !parentGone && (name === 'SIGINT' || name === 'SIGTERM') ? true : emit.call(this, name, ...rest);
        };
        process.on('SIGINT', () => {});
        process.on('SIGTERM', () => {});
        function leave() {
          if (parentGone) return;
          parentGone = true;
          // Azurite saves its data in its SIGTERM handler.
          process.emit('SIGTERM');
          setTimeout(() => process.exit(1), 5000).unref();
        }
        process.stdin.on('end', leave);
        process.stdin.on('error', leave);
        process.stdin.resume();

        """;

    /// <summary>Writes the script and returns its path.</summary>
    public static string Write(string folder)
    {
        var file = Path.Combine(folder, "azurite-watch.cjs");
        File.WriteAllText(file, Script);
        return file;
    }
}

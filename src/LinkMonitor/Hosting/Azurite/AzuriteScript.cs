namespace LinkMonitor.Hosting.Azurite;

/// <summary>
/// A script preloaded into Azurite's process (<c>node --require</c>). It ties its life to ours: standard input is a pipe we hold, which
/// ends when we close it or when we end in whatever way, also by SIGKILL, on every platform. Azurite then writes its data and exits.
/// Signals are kept from it until then, because Ctrl+C reaches every process of a terminal and storage must outlive our draining.
/// And it keeps what was written: Azurite itself saves every five seconds, and not at all when it fails.
/// </summary>
internal static class AzuriteScript
{
    private const string Script =
        """
        // Written by LinkMonitor; see src/LinkMonitor/Hosting/Azurite/AzuriteScript.cs.
        const emit = process.emit;
        let leaving = false;
        process.emit = function (name, ...rest) {
          return !leaving && (name === 'SIGINT' || name === 'SIGTERM') ? true : emit.call(this, name, ...rest);
        };
        process.on('SIGINT', () => {});
        process.on('SIGTERM', () => {});
        function leave(code) {
          if (leaving) return;
          leaving = true;
          process.exitCode = code;
          // Azurite saves its data in its SIGTERM handler.
          process.emit('SIGTERM');
          setTimeout(() => process.exit(code || 1), 5000).unref();
        }
        process.stdin.on('end', () => leave(0));
        process.stdin.on('error', () => leave(0));
        process.stdin.resume();
        process.on('uncaughtException', error => {
          console.error(error);
          leave(70);
        });

        // A change is saved 200 ms later, or after ten times what the last saving took: a big storage is not saved without pause.
        const Module = require('module');
        const load = Module._load;
        Module._load = function (name, ...rest) {
          const loaded = load.call(this, name, ...rest);
          if (name === 'lokijs' && !loaded.prototype.savesSoon) {
            loaded.prototype.savesSoon = true;
            loaded.prototype.autosaveEnable = function () {
              this.autosave = true;
              let pause = 200;
              const save = () => {
                if (!this.autosaveDirty() || this.ignoreAutosave) return again();
                const began = Date.now();
                this.saveDatabase(() => {
                  pause = Math.max(200, 10 * (Date.now() - began));
                  again();
                });
              };
              const again = () => { if (this.autosaveHandle) this.autosaveHandle = setTimeout(save, pause); };
              this.autosaveHandle = setTimeout(save, pause);
            };
          }
          return loaded;
        };

        """;

    /// <summary>Writes the script and returns its path.</summary>
    public static string Write(string folder)
    {
        var file = Path.Combine(folder, "azurite-watch.cjs");
        File.WriteAllText(file, Script);
        return file;
    }
}

using System.CommandLine;
using LinkMonitor.CommandLine;
using LinkMonitor.CommandLine.Conventions;
using LinkMonitor.Hosting.Worker;

if (FunctionsWorker.IsAskedFor(args))
    return await FunctionsWorker.RunAsync(args);

// Not by the parser: it listens only once a command waits for something.
using var signals = StopSignals.Listen(TimeProvider.System);
CrashReport.CatchUnhandled(TimeProvider.System);
var console = new InvocationConfiguration { ProcessTerminationTimeout = null };
return signals.CodeOf(await LinkMonitorCommand.RunAsync(args, console, TimeProvider.System, signals.Token));

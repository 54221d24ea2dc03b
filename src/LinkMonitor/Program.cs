using System.CommandLine;
using LinkMonitor.CommandLine;
using LinkMonitor.Hosting.Worker;

if (FunctionsWorker.IsAskedFor(args))
    return await FunctionsWorker.RunAsync(args);

// Longer than the queues need to finish what they are at; the default of two seconds would cut it off.
var console = new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(20) };
return await LinkMonitorCommand.RunAsync(args, console, TimeProvider.System, CancellationToken.None);

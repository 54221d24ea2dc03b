using HostedProcess;
using LinkMonitor.Hosting;

// Usage: HostedProcess crash|stop|wait alone|behind-host. Prints "ready" once it serves.
var builder = WebApplication.CreateBuilder(["--hostBuilder:reloadConfigOnChange=false"]);
builder.WebHost.UseUrls("http://127.0.0.1:0");
if (args[0] == "crash")
    builder.Services.AddHostedService<CrashingService>();
if (args[0] == "stop")
    builder.Services.AddHostedService<StoppingService>();

var app = builder.Build();
app.Lifetime.ApplicationStarted.Register(() => Console.WriteLine("ready"));
return args[1] == "alone" ? await app.RunToExitCodeAsync(CancellationToken.None) : await app.RunBehindHostAsync();

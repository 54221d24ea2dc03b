using HostedProcess;
using LinkMonitor.Hosting;

// Usage: HostedProcess crash|stop|wait. Prints "ready" once it serves.
var builder = WebApplication.CreateBuilder(args);
if (builder.AddFunctionHosting() is null)
    builder.WebHost.UseUrls("http://127.0.0.1:0");
if (args is ["crash"])
    builder.Services.AddHostedService<CrashingService>();
if (args is ["stop"])
    builder.Services.AddHostedService<StoppingService>();

var app = builder.Build();
app.MapGet("/", () => "landing");
app.Lifetime.ApplicationStarted.Register(() => Console.WriteLine("ready"));
return await app.RunToExitCodeAsync(CancellationToken.None);

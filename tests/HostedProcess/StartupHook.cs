using System.Diagnostics;
using HostedProcess;

/// <summary>
/// .NET calls this, by its name, in any process that is started with this assembly in DOTNET_STARTUP_HOOKS, before its Main: it puts the
/// failing service into whatever host that process builds.
/// </summary>
internal sealed class StartupHook : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
{
    public static void Initialize() => DiagnosticListener.AllListeners.Subscribe(new StartupHook());

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == "Microsoft.Extensions.Hosting")
            value.Subscribe(this);
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value is { Key: "HostBuilding", Value: IHostBuilder builder })
            builder.ConfigureServices(services => services.AddHostedService<CrashingService>());
    }

    public void OnCompleted()
    {
        // Nothing ends here before the process does.
    }

    public void OnError(Exception error)
    {
        // As above.
    }
}

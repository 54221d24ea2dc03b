using LinkMonitor.Alerts;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Testing;

/// <summary>The real composition of the alert channels, over settings given as key and value; of the same key the last counts.</summary>
internal sealed class AlertChannelHost : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public AlertChannelHost(TimeProvider time, params (string Key, string? Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.GroupBy(setting => setting.Key).Select(same => KeyValuePair.Create(same.Key, same.Last().Value)))
            .Build();
        _services = new ServiceCollection()
            .AddSingleton<IConfiguration>(configuration)
            .AddSingleton(time)
            .AddAlertChannels(_ => new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false })
            .BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true });
    }

    /// <summary>The chosen channel.</summary>
    public IAlertChannel Channel => _services.GetRequiredService<IAlertChannel>();

    /// <summary>Does what the host does at its start.</summary>
    /// <exception cref="OptionsValidationException">A setting is missing or wrong.</exception>
    public void Validate() => _services.GetRequiredService<IStartupValidator>().Validate();

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}

using LinkMonitor.Alerts;
using LinkMonitor.Alerts.Smtp;
using LinkMonitor.Engine.Fetching.Addresses;
using LinkMonitor.Hosting.Serving;
using LinkMonitor.Sharing.Pages;
using LinkMonitor.Storage.Channels;
using LinkMonitor.Storage.Keys;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Testing;

/// <summary>The real composition of the alert channels, over settings given as key and value; of the same key the last counts.</summary>
internal sealed class AlertChannelHost : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public AlertChannelHost(TimeProvider time, params (string Key, string? Value)[] settings) : this(time, new MapResolver(), settings)
    {
    }

    /// <param name="names">DNS for the addresses of webhooks and chats.</param>
    public AlertChannelHost(TimeProvider time, INameResolver names, params (string Key, string? Value)[] settings)
        : this(time, names, SmtpTrust.System, settings)
    {
    }

    /// <param name="trust">Whose certificates a mail server may show.</param>
    public AlertChannelHost(TimeProvider time, SmtpTrust trust, params (string Key, string? Value)[] settings)
        : this(time, new MapResolver(), trust, settings)
    {
    }

    private AlertChannelHost(TimeProvider time, INameResolver names, SmtpTrust trust, (string Key, string? Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(
                settings.GroupBy(setting => setting.Key).Select(same => KeyValuePair.Create(same.Key, same.Last().Value)))
            .Build();
        _services = new ServiceCollection()
            .AddSingleton<IConfiguration>(configuration)
            .AddSingleton(time)
            .AddSingleton(names)
            .AddSingleton(trust)
            .AddSingleton<ISigningKeyStore, FixedSigningKey>()
            .AddSharing()
            .AddAlertChannels()
            .BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true });
    }

    public AlertChannels Channels => _services.GetRequiredService<AlertChannels>();

    /// <summary>The channel of e-mail: the chosen transport.</summary>
    public IAlertChannel Channel => Of(ChannelKind.Email);

    public IAlertChannel Of(ChannelKind kind) => _services.GetRequiredService<AlertChannels>().For(kind);

    /// <summary>A client by its name, as the channels get it.</summary>
    public HttpClient Http(string name) => _services.GetRequiredService<IHttpClientFactory>().CreateClient(name);

    /// <summary>Does what the host does at its start.</summary>
    /// <exception cref="OptionsValidationException">A setting is missing or wrong.</exception>
    public void Validate() => _services.GetRequiredService<IStartupValidator>().Validate();

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}

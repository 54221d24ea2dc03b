using LinkMonitor.Alerts.Files;
using LinkMonitor.Alerts.Posting;
using LinkMonitor.Alerts.SendGrid;
using LinkMonitor.Alerts.Slack;
using LinkMonitor.Alerts.Smtp;
using LinkMonitor.Alerts.Teams;
using LinkMonitor.Alerts.Webhook;
using LinkMonitor.Engine.Fetching;
using LinkMonitor.Hosting.Settings;
using LinkMonitor.Storage.Channels;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Alerts;

/// <summary>Registers the channels: one line each.</summary>
internal static class AlertChannelServices
{
    /// <summary>
    /// Adds an <see cref="IAlertChannel"/> per <see cref="ChannelKind"/>; that of e-mail, also without a key, is the transport that
    /// <c>LinkMonitor:Mail:Transport</c> chooses. Validates the settings at start.
    /// </summary>
    public static IServiceCollection AddAlertChannels(this IServiceCollection services)
    {
        services.AddBoundSettings<MailOptions>(MailOptions.Section);
        services.AddSingleton<IValidateOptions<MailOptions>, MailOptionsValidator>();
        services.AddHostedService<OwnLanguages>();
        services.AddTransport<FilesChannel, FilesOptions, FilesOptionsValidator>(MailTransport.Files, FilesOptions.Section);
        services.AddTransport<SmtpChannel, SmtpOptions, SmtpOptionsValidator>(MailTransport.Smtp, SmtpOptions.Section);
        services.AddTransport<SendGridChannel, SendGridOptions, SendGridOptionsValidator>(MailTransport.SendGrid, SendGridOptions.Section);
        services.AddSingleton(provider => provider.GetRequiredKeyedService<IAlertChannel>(
            provider.GetRequiredService<IOptions<MailOptions>>().Value.Chosen));
        services.AddKeyedSingleton(ChannelKind.Email, (provider, _) => provider.GetRequiredService<IAlertChannel>());
        services.AddKeyedSingleton<IAlertChannel, WebhookChannel>(ChannelKind.Webhook);
        services.AddKeyedSingleton<IAlertChannel, SlackChannel>(ChannelKind.Slack);
        services.AddKeyedSingleton<IAlertChannel, TeamsChannel>(ChannelKind.Teams);
        services.TryAddSingleton(SmtpTrust.System);
        services.AddSingleton<SmtpConnections>();
        services.AddSingleton<AlertChannels>();
        return services.AddPosting();
    }

    private static IServiceCollection AddPosting(this IServiceCollection services)
    {
        services.TryAddSingleton<INameResolver, DnsNameResolver>();
        services.AddSettings<ChannelOptions>(ChannelOptions.Section);
        services.AddSingleton<OutgoingPolicy>();
        services.AddSingleton<MessagePoster>();
        services.AddHttpClient(MessagePoster.HttpClientName).ConfigurePrimaryHttpMessageHandler(
            provider => OutgoingHandler.Create(provider, provider.GetRequiredService<OutgoingPolicy>().Addresses));
        // The operator, not a user, has set SendGrid's address, so it may be on this machine.
        services.AddHttpClient(SendGridChannel.HttpClientName)
            .ConfigurePrimaryHttpMessageHandler(provider => OutgoingHandler.Create(
                provider, new AddressPolicy(provider.GetRequiredService<IOptions<SendGridOptions>>().Value.BaseUrl.IsLoopback)))
            .AddHttpMessageHandler(() => new BoundedAnswerHandler(SendGridChannel.MaxAnswerBytes));
        return services;
    }

    private static void AddTransport<TChannel, TOptions, TValidator>(
        this IServiceCollection services, MailTransport transport, string section)
        where TChannel : class, IAlertChannel
        where TOptions : class, new()
        where TValidator : class, IValidateOptions<TOptions>, new()
    {
        services.AddBoundSettings<TOptions>(section);
        services.AddSingleton<IValidateOptions<TOptions>>(provider => new ChosenTransport<TOptions>(
            transport, section, provider.GetRequiredService<IOptions<MailOptions>>(), new TValidator()));
        services.AddKeyedSingleton<IAlertChannel, TChannel>(transport);
    }
}

using LinkMonitor.Alerts.Files;
using LinkMonitor.Alerts.SendGrid;
using LinkMonitor.Alerts.Smtp;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Alerts;

/// <summary>Registers the channels: one line each.</summary>
internal static class AlertChannels
{
    /// <summary>Adds the one <see cref="IAlertChannel"/> that <c>LinkMonitor:Mail:Transport</c> chooses, and validates its settings at start.</summary>
    /// <param name="createHandler">Makes the handler of outgoing HTTP calls; the address gate is in it.</param>
    public static IServiceCollection AddAlertChannels(
        this IServiceCollection services, Func<IServiceProvider, SocketsHttpHandler> createHandler)
    {
        services.AddOptions<MailOptions>().BindConfiguration(MailOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<MailOptions>, MailOptionsValidator>();
        services.AddChannel<FilesChannel, FilesOptions, FilesOptionsValidator>(MailTransport.Files, FilesOptions.Section);
        services.AddChannel<SmtpChannel, SmtpOptions, SmtpOptionsValidator>(MailTransport.Smtp, SmtpOptions.Section);
        services.AddChannel<SendGridChannel, SendGridOptions, SendGridOptionsValidator>(MailTransport.SendGrid, SendGridOptions.Section);
        services.AddHttpClient(SendGridChannel.HttpClientName).ConfigurePrimaryHttpMessageHandler(createHandler);
        return services.AddSingleton(provider => provider.GetRequiredKeyedService<IAlertChannel>(
            provider.GetRequiredService<IOptions<MailOptions>>().Value.Chosen));
    }

    private static void AddChannel<TChannel, TOptions, TValidator>(
        this IServiceCollection services, MailTransport transport, string section)
        where TChannel : class, IAlertChannel
        where TOptions : class
        where TValidator : class, IValidateOptions<TOptions>, new()
    {
        services.AddOptions<TOptions>().BindConfiguration(section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<TOptions>>(provider => new ChosenTransport<TOptions>(
            transport, section, provider.GetRequiredService<IOptions<MailOptions>>(), new TValidator()));
        services.AddKeyedSingleton<IAlertChannel, TChannel>(transport);
    }
}

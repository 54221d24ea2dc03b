using Microsoft.Extensions.Options;

namespace LinkMonitor.Alerts;

/// <summary>Validates a transport's options only when that transport is the chosen one, so that the others need not be filled in.</summary>
/// <param name="section">Stands in the messages, because the validator's own name for a setting means nothing to its reader.</param>
internal sealed class ChosenTransport<TOptions>(
    MailTransport transport, string section, IOptions<MailOptions> mail, IValidateOptions<TOptions> validator)
    : IValidateOptions<TOptions> where TOptions : class
{
    public ValidateOptionsResult Validate(string? name, TOptions options) =>
        mail.Value.Chosen == transport ? validator.Validate(section, options) : ValidateOptionsResult.Skip;
}

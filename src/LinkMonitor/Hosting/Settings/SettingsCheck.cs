using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Hosting.Settings;

/// <summary>Validates every settings class before anything starts, so that what is wrong is reported plainly and all at once.</summary>
internal static class SettingsCheck
{
    /// <summary>What is wrong, a line each; empty when nothing is.</summary>
    public static IReadOnlyList<string> Failures(IServiceProvider services)
    {
        var configuration = services.GetRequiredService<IConfiguration>();
        var known = new KnownSettings(services.GetServices<SettingsSection>());
        (string Name, string Told)[] wrong = [.. SettingNames.Failures(configuration, known),
            .. SettingValues.Failures(configuration, known)];

        // With a value that cannot be read the binder throws, and would hide what else is wrong.
        var names = wrong.Select(failure => failure.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var readable = new ConfigurationBuilder()
            .AddInMemoryCollection(configuration.AsEnumerable()
                .Where(setting => setting.Value is not null && !names.Contains(setting.Key))).Build();
        return
        [
            .. wrong.Select(failure => failure.Told)
                .Concat(services.GetServices<SettingsValidation>()
                    .SelectMany(validation => Run(validation, services, readable, wrong.Length > 0))
                    .Where(failure => !names.Any(name => IsOf(failure, name))))
                .Distinct(),
        ];
    }

    /// <summary>The same again in other words: of a rule, or of the binder.</summary>
    private static bool IsOf(string failure, string name) =>
        failure.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase)
            || failure.Contains($"'{name}'", StringComparison.OrdinalIgnoreCase);

    /// <param name="isTold">Something is wrong already: rules that compare settings read them from the services, where the binder
    /// throws.</param>
    private static IReadOnlyList<string> Run(SettingsValidation validation, IServiceProvider services, IConfiguration readable, bool isTold)
    {
        try
        {
            return [.. validation.Failures(services, readable)];
        }
        catch (InvalidOperationException) when (isTold)
        {
            return [];
        }
    }
}

/// <summary>
/// Checks a settings class by its annotations and, where it is an <see cref="IValidatableObject"/>, by its own rules; names the setting as
/// it is written in the configuration.
/// </summary>
/// <param name="section">Where the class is bound to; empty when its messages name the settings themselves.</param>
/// <param name="isUsed">False when nobody reads the settings, so that they need not be filled in.</param>
internal sealed class AnnotationsValidator<TSettings>(string section, Func<bool> isUsed) : IValidateOptions<TSettings>
    where TSettings : class
{
    public ValidateOptionsResult Validate(string? name, TSettings options)
    {
        if (!isUsed())
            return ValidateOptionsResult.Skip;
        var failures = Failures(options);
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private IReadOnlyList<string> Failures(TSettings options)
    {
        var results = new List<ValidationResult>();
        var context = new ValidationContext(options);
        if (Validator.TryValidateObject(options, context, results, validateAllProperties: true))
            return [];

        // With an annotation that does not hold, the validator does not ask for the class's own rules.
        if (options is IValidatableObject rules)
            results.AddRange(rules.Validate(context));
        return [.. results.Select(Describe).Distinct()];
    }

    private string Describe(ValidationResult result) => result.ErrorMessage!.StartsWith(section, StringComparison.Ordinal)
        ? result.ErrorMessage
        : $"{string.Join(", ", result.MemberNames.DefaultIfEmpty("").Select(NameOf))}: {result.ErrorMessage}";

    private string NameOf(string member) => member.Length == 0 ? section : $"{section}:{member}";
}

internal static class SettingsExtensions
{
    /// <summary>
    /// Binds a settings class to its section and has it validated before anything starts: by its annotations, and by its own rules where it
    /// is an <see cref="IValidatableObject"/>. A rule that compares several classes is an <see cref="IValidateOptions{TSettings}"/> of its
    /// own.
    /// </summary>
    /// <param name="section">For example <c>LinkMonitor:Monitoring</c>; named in every error.</param>
    /// <param name="isUsed">Whether anybody reads the settings; null for always.</param>
    public static IServiceCollection AddSettings<TSettings>(
        this IServiceCollection services, string section, Func<IServiceProvider, bool>? isUsed = null) where TSettings : class, new()
    {
        services.AddOptions<TSettings>().BindConfiguration(section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<TSettings>>(
            provider => new AnnotationsValidator<TSettings>(section, () => isUsed is null || isUsed(provider)));
        services.AddSingleton(SettingsValidation.Of<TSettings>(section));
        return services.AddSingleton(new SettingsSection(section, typeof(TSettings)));
    }
}

/// <summary>A settings class and the section that it is bound to; what has none is no setting of ours.</summary>
/// <param name="Path">For example <c>LinkMonitor:Monitoring</c>.</param>
internal sealed record SettingsSection(string Path, Type Type);

/// <summary>Validates one settings class by all of its rules.</summary>
/// <param name="Failures">Of services, and of a configuration without the values that were found wrong already: what is wrong, a line
/// each.</param>
internal sealed record SettingsValidation(Func<IServiceProvider, IConfiguration, IEnumerable<string>> Failures)
{
    /// <summary>Of a class that is bound to a section.</summary>
    public static SettingsValidation Of<TSettings>(string section) where TSettings : class, new() => new((services, configuration) =>
    {
        var settings = new TSettings();
        try
        {
            configuration.GetSection(section).Bind(settings);
        }
        catch (InvalidOperationException e) when (e.InnerException is FormatException or ArgumentException)
        {
            // The binder's word for a value that cannot be converted; it names the setting and the value.
            return [e.Message];
        }

        return Run(services, settings);
    });

    /// <summary>Applies the rules to settings.</summary>
    public static IEnumerable<string> Run<TSettings>(IServiceProvider services, TSettings settings) where TSettings : class
    {
        var failures = new List<string>();
        foreach (var rule in services.GetServices<IValidateOptions<TSettings>>())
        {
            try
            {
                failures.AddRange(rule.Validate(Options.DefaultName, settings) is { Failed: true } result ? result.Failures : []);
            }
            catch (OptionsValidationException other)
            {
                // It compares with other settings, and those are wrong.
                failures.AddRange(other.Failures);
            }
        }

        return failures;
    }
}

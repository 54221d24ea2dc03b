using './main.bicep'

param environmentName = readEnvironmentVariable('AZURE_ENV_NAME', 'linkmonitor')
param location = readEnvironmentVariable('AZURE_LOCATION', 'westeurope')
